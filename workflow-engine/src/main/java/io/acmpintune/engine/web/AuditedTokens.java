package io.acmpintune.engine.web;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.springframework.stereotype.Component;

import io.acmpintune.engine.audit.AuditedConfiguration;
import io.acmpintune.runtime.access.ApiTokens;
import io.acmpintune.runtime.access.Role;

/** The names and roles of the API tokens, without the tokens. */
@Component
class AuditedTokens implements AuditedConfiguration {

    private final ApiTokens tokens;

    AuditedTokens(ApiTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public SortedMap<String, String> values() {
        TreeMap<String, String> values = new TreeMap<>();
        tokens.identities()
                .forEach(identity -> values.put("engine.api.tokens." + identity.key(),
                        identity.roles().stream().sorted().map(Role::text).collect(Collectors.joining(","))));
        return values;
    }
}
