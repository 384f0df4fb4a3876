package io.acmpintune.runtime.access;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.acmpintune.runtime.startup.ConfigurationFault;

/** Reads the configured tokens and collects their faults. */
final class ApiTokenReader {

    /** 32 characters: 128 bits even when they are hexadecimal digits. */
    static final int SHORTEST = 32;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final String key;
    private final ApiTokens.Rules rules;
    private final List<ConfigurationFault> faults = new ArrayList<>();

    ApiTokenReader(String key, ApiTokens.Rules rules) {
        this.key = key;
        this.rules = rules;
    }

    List<ConfigurationFault> faults() {
        return faults;
    }

    List<ApiTokens.Known> read(List<ApiToken> tokens) {
        if (tokens.isEmpty()) {
            fault("", "no token is set, so nobody could call the API",
                    "Set at least one random text of " + SHORTEST + " characters or more, best from a secret file");
        }
        List<ApiTokens.Known> known = new ArrayList<>();
        Map<String, Set<Role>> rolesOf = new HashMap<>();
        Map<String, Identity> ownerOf = new HashMap<>();
        for (int i = 0; i < tokens.size(); i++) {
            String place = "[" + i + "]";
            String text = text(place, tokens.get(i));
            Identity identity = identity(place, tokens.get(i)).orElse(null);
            if (text == null || identity == null) {
                continue;
            }
            Set<Role> roles = rolesOf.putIfAbsent(identity.key(), identity.roles());
            if (roles != null && !roles.equals(identity.roles())) {
                fault(place, "another token of the same name has another role",
                        "Give a name one role; several tokens of one name are for rotation");
            }
            Identity owner = ownerOf.putIfAbsent(text, identity);
            if (owner != null && !owner.key().equals(identity.key())) {
                fault(place, "is also the token of " + owner.key() + ", so it is not clear whose it is",
                        "Give everybody a token of their own");
            }
            known.add(new ApiTokens.Known(ApiTokens.digest(text), identity));
        }
        return known;
    }

    private @Nullable String text(String place, ApiToken token) {
        String text = token.token() == null ? "" : token.token();
        if (text.length() < SHORTEST || text.isBlank()) {
            fault(token.isPlain() ? place : place + ".token",
                    "the token has " + text.length() + " characters and could be guessed",
                    "Set a random text of " + SHORTEST + " characters or more");
            return null;
        }
        return text;
    }

    private Optional<Identity> identity(String place, ApiToken token) {
        if (token.isPlain()) {
            if (rules.plain().isEmpty()) {
                fault(place, "the token has neither name nor role", "Set name, role and token; the roles are "
                        + Role.list(rules.offered()));
                return Optional.empty();
            }
            return Optional.of(new Identity("token:" + ApiTokens.PLAIN, rules.plain()));
        }
        String name = token.name() == null ? "" : token.name().strip();
        if (!NAME.matcher(name).matches()) {
            fault(place + ".name", "'" + name + "' is no name",
                    "Set who uses the token: 1 to 64 letters, digits, dots, dashes or underscores");
            return Optional.empty();
        }
        Set<Role> roles = roles(place + ".role", token.role() == null ? "" : token.role());
        return roles.isEmpty() ? Optional.empty() : Optional.of(new Identity("token:" + name, roles));
    }

    private Set<Role> roles(String place, String given) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String text : rules.several() ? List.of(given.split(",", -1)) : List.of(given)) {
            Optional<Role> role = Role.read(text, rules.offered());
            if (role.isEmpty()) {
                fault(place, "'" + text.strip() + "' is no role", "Set one of " + Role.list(rules.offered()));
                return Set.of();
            }
            roles.add(role.get());
        }
        if (roles.size() > 1 && !Collections.disjoint(roles, rules.alone())) {
            fault(place, Role.list(rules.alone()) + " stands beside another role",
                    "Give this role a token of its own, so that nobody has both by stealing one");
            return Set.of();
        }
        return roles;
    }

    private void fault(String place, String reason, String remedy) {
        faults.add(new ConfigurationFault(key + place, reason, remedy));
    }
}
