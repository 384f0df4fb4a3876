package io.acmpintune.runtime.problem;

import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses bodies that Spring MVC fails on before a controller can: forms, which no route of an API takes and whose names and values need
 * not be readable, and the type {@code *}{@code /*}, which says nothing.
 */
final class NoForms implements HandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws HttpMediaTypeNotSupportedException {
        String given = request.getContentType();
        if (given == null || given.isEmpty()) {
            return true;
        }
        MediaType type;
        try {
            type = MediaType.parseMediaType(given);
        } catch (InvalidMediaTypeException e) {
            throw new HttpMediaTypeNotSupportedException("The Content-Type is not one: " + e.getMessage());
        }
        if (type.isWildcardType() || type.isWildcardSubtype()
                || type.isCompatibleWith(MediaType.APPLICATION_FORM_URLENCODED)
                || type.isCompatibleWith(MediaType.MULTIPART_FORM_DATA)) {
            throw new HttpMediaTypeNotSupportedException(type, List.of(MediaType.APPLICATION_JSON));
        }
        return true;
    }
}
