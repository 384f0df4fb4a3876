package io.acmpintune.engine.console.signin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

import io.acmpintune.runtime.access.Revocations;
import io.acmpintune.runtime.access.Role;

/** Checks a name and a password against the configured users, at the pace that earlier failures leave. */
final class LocalSignIn implements AuthenticationProvider {

    private final LocalUsers users;
    private final SignInAttempts attempts;
    private final SignInAudit audit;
    private final Revocations revocations;
    private final Pause pause;
    private final BCryptPasswordEncoder bcrypt = new BCryptPasswordEncoder();
    private final String fallbackHash;

    /** Delays an answer. */
    @FunctionalInterface
    interface Pause {
        void of(Duration time);
    }

    /** An attempt before the pause of its address was over. */
    static final class TooSoonException extends AuthenticationException {

        private static final long serialVersionUID = 1L;

        TooSoonException(Instant until) {
            super("too soon before " + until);
        }
    }

    LocalSignIn(LocalUsers users, SignInAttempts attempts, SignInAudit audit, Revocations revocations, Pause pause) {
        this.users = users;
        this.attempts = attempts;
        this.audit = audit;
        this.revocations = revocations;
        this.pause = pause;
        this.fallbackHash = users.slowestHash().orElseGet(() -> bcrypt.encode("nobody's"));
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        String name = attempt.getName();
        String address = address(attempt);
        Optional<LocalUser> user = users.find(name);
        SignInAttempts.Begun.Attempt begun = switch (attempts.begin(name, address)) {
            case SignInAttempts.Begun.Pause(var until) -> throw new TooSoonException(until);
            case SignInAttempts.Begun.Attempt attempted -> attempted;
        };
        pause.of(begun.delay());
        // an unknown name takes as long as a known one
        boolean right = bcrypt.matches(String.valueOf(attempt.getCredentials()),
                user.map(LocalUser::hash).orElse(fallbackHash));
        if (user.isEmpty() || !right) {
            audit.failed(user, begun.failures());
            throw new BadCredentialsException("wrong name or password");
        }
        attempts.succeeded(name, address);
        if (revocations.covers(user.get().key())) {
            throw new DisabledException("revoked");
        }
        return signedIn(user.get(), attempt.getDetails());
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }

    /** Returns whether the user is configured as when signing in. */
    boolean isCurrent(ConsoleUser user) {
        return users.find(user.userName()).filter(known -> stamp(known).equals(user.stamp())).isPresent();
    }

    private static Authentication signedIn(LocalUser user, @Nullable Object details) {
        UsernamePasswordAuthenticationToken signedIn = UsernamePasswordAuthenticationToken.authenticated(
                new ConsoleUser(user.name(), user.displayName(), stamp(user)), null,
                AuthorityUtils.createAuthorityList(user.roles().stream().map(Role::authority).toList()));
        signedIn.setDetails(details);
        return signedIn;
    }

    private static String stamp(LocalUser user) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest((user.roles() + user.hash()).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static String address(Authentication attempt) {
        return attempt.getDetails() instanceof WebAuthenticationDetails web ? web.getRemoteAddress() : "unknown";
    }
}
