package io.acmpintune.engine.console.signin;

import java.util.Objects;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;

/** Sessions as they would be if their users had signed in under another configuration. */
final class SessionStamps {

    private SessionStamps() {}

    static void changeAll(JdbcClient jdbc) {
        jdbc.sql("select session_primary_id, attribute_bytes from spring_session_attributes"
                + " where attribute_name = 'SPRING_SECURITY_CONTEXT'")
                .query((row, _) -> jdbc.sql("update spring_session_attributes set attribute_bytes = :bytes"
                        + " where attribute_name = 'SPRING_SECURITY_CONTEXT' and session_primary_id = :id")
                        .param("bytes", changed(row.getBytes("attribute_bytes")))
                        .param("id", row.getString("session_primary_id"))
                        .update())
                .list();
    }

    private static byte[] changed(byte[] stored) {
        SessionJson json = new SessionJson();
        SecurityContext context = (SecurityContext) Objects.requireNonNull(json.read(stored));
        Authentication token = Objects.requireNonNull(context.getAuthentication());
        ConsoleUser user = (ConsoleUser) Objects.requireNonNull(token.getPrincipal());
        return json.write(new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated(
                new ConsoleUser(user.userName(), user.displayName(), "another"), null, token.getAuthorities())));
    }
}
