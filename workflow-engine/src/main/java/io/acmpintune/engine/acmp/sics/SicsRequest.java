package io.acmpintune.engine.acmp.sics;

import java.util.Map;

import org.springframework.http.HttpMethod;

/**
 * A call in its HTTP form.
 *
 * @param method the HTTP method
 * @param path the path, percent-encoded, starting with a slash
 * @param body the JSON object to send; nothing is sent if it is empty
 */
record SicsRequest(HttpMethod method, String path, Map<String, Object> body) {

    /** Hides the body, which may hold a password or device data. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
