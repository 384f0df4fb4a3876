package io.acmpintune.engine.person;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides whether somebody may act as the second person. Tied identities are compared by person. Others are compared by name without
 * prefix, domain and case, which errs on the side of caution. Pure.
 *
 * @param ties which identities belong to one person
 * @param logins sign-in names by key, for identities whose key is not readable; they can only prevent a decision
 */
record SecondPerson(Ties ties, Map<String, String> logins) {

    SecondPerson {
        logins = Map.copyOf(logins);
    }

    /** Returns whether two authenticated identities may belong to one person. */
    boolean mayBeOne(String identity, String other) {
        Optional<String> person = ties.personOf(identity);
        Optional<String> otherPerson = ties.personOf(other);
        if (person.isPresent() && otherPerson.isPresent()) {
            return person.equals(otherPerson);
        }
        return !Collections.disjoint(names(identity), names(other));
    }

    /**
     * Returns why a caller may not approve an order; empty = the caller may.
     *
     * @param identity who ordered
     * @param onBehalfOf the operator named in the order, unchecked
     * @param throughIt the names in earlier orders of the same identity
     */
    Optional<String> objection(String caller, String identity, String onBehalfOf, List<String> throughIt) {
        if (mayBeOne(caller, identity)) {
            return Optional.of(shown(identity) + " requested it, and " + shown(caller) + " is the same person.");
        }
        Optional<String> named = ties.personOfAcmp(onBehalfOf);
        if (named.isPresent() && ties.personOf(caller).isPresent()) {
            return named.equals(ties.personOf(caller)) ? Optional.of(isNamed(caller, onBehalfOf)) : Optional.empty();
        }
        if (names(caller).contains(bare(onBehalfOf))
                || named.filter(person -> !Collections.disjoint(names(caller), namesOf(person))).isPresent()) {
            return Optional.of(isNamed(caller, onBehalfOf));
        }
        return isShared(identity) && named.isEmpty()
                ? untied(caller, identity, onBehalfOf, throughIt)
                : Optional.empty();
    }

    /** A name that is tied to nobody may be anybody who orders through the same credential. */
    private Optional<String> untied(String caller, String identity, String onBehalfOf, List<String> throughIt) {
        Optional<String> person = ties.personOf(caller);
        boolean ordersThroughIt = person.filter(ties::usesAcmp).isPresent()
                || throughIt.stream().anyMatch(name -> mayBe(caller, name));
        if (ordersThroughIt) {
            return Optional.of("Nobody is tied to " + onBehalfOf + ", and " + shown(caller)
                    + " orders through " + identity + ", too.");
        }
        return ties.isEmpty() || person.isPresent()
                ? Optional.empty()
                : Optional.of("Nobody is tied to " + onBehalfOf + " nor to " + shown(caller)
                        + ", so that they may be one person.");
    }

    private boolean mayBe(String caller, String acmpName) {
        Optional<String> person = ties.personOf(caller);
        Optional<String> named = ties.personOfAcmp(acmpName);
        return (person.isPresent() && named.isPresent())
                ? person.equals(named)
                : names(caller).contains(bare(acmpName));
    }

    private String isNamed(String caller, String onBehalfOf) {
        return "It was requested for " + onBehalfOf + ", and " + shown(caller) + " is the same person.";
    }

    private String shown(String identity) {
        return ties.personOf(identity).or(() -> Optional.ofNullable(logins.get(identity))).orElse(identity);
    }

    /** Returns whether several people act through an identity, who are told apart only by the name in the request. */
    private boolean isShared(String identity) {
        return (identity.startsWith("token:") || identity.startsWith("sics:")) && ties.personOf(identity).isEmpty();
    }

    private Set<String> names(String identity) {
        Set<String> names = new HashSet<>();
        names.add(bare(identity));
        Optional.ofNullable(logins.get(identity)).map(SecondPerson::bare).ifPresent(names::add);
        ties.personOf(identity).map(this::namesOf).ifPresent(names::addAll);
        return names;
    }

    private Set<String> namesOf(String person) {
        Set<String> names = new HashSet<>();
        ties.identitiesOf(person).forEach(identity -> names.add(bare(identity)));
        return names;
    }

    /**
     * {@code anna} for {@code user:anna}, {@code token:Anna}, {@code CONTOSO\anna}, {@code anna@contoso.com} and
     * {@code claimed: anna}, which is what a message over SICS says.
     */
    static String bare(String name) {
        String text = name.strip().toLowerCase(Locale.ROOT);
        if (text.startsWith("entra:") || text.startsWith("oidc:")) {
            return text;
        }
        text = text.replaceFirst("^(token|user|acmp|claimed): *", "");
        text = text.substring(text.lastIndexOf('\\') + 1);
        int at = text.indexOf('@');
        return at > 0 ? text.substring(0, at) : text;
    }
}
