package io.acmpintune.engine.person;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code engine.persons[].*}.
 *
 * @param name shown for each of the identities
 * @param identities keys such as {@code token:anna}, {@code user:anna}, {@code entra:<tenant>/<object>},
 *            {@code oidc:<issuer>#<subject>}, and {@code acmp:} followed by the name that ACMP gives the operator
 */
record PersonProperties(@Nullable String name, @DefaultValue List<String> identities) {

    PersonProperties {
        identities = List.copyOf(identities);
    }
}
