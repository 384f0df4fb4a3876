package io.acmpintune.engine.person;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The people behind identities: names them, and decides whether two identities may be one person. Four eyes means two persons, not
 * two strings.
 */
public final class Persons {

    private final Ties ties;
    private final SignedInNames names;

    Persons(Ties ties, SignedInNames names) {
        this.ties = ties;
        this.names = names;
    }

    /**
     * Remembers the name of an identity that signs in, in the caller's transaction.
     *
     * @param login the sign-in name, if the key does not contain it; never trusted, only used to refuse
     */
    public void remember(String identity, String displayName, @Nullable String login, Instant now) {
        names.remember(identity, displayName, login, now);
    }

    /** Returns those who have signed in to the console, the latest first. */
    public List<SignedIn> signedIn() {
        return names.all();
    }

    /** Returns whether two authenticated identities may belong to one person. */
    public boolean mayBeOne(String identity, String other) {
        return second(identity, other).mayBeOne(identity, other);
    }

    /**
     * Returns why a caller may not approve an order as the second person; empty = the caller may.
     *
     * @param identity who ordered
     * @param onBehalfOf the operator named in the order, unchecked
     * @param throughIt the names in earlier orders of the same identity
     */
    public Optional<String> objection(String caller, String identity, String onBehalfOf, List<String> throughIt) {
        return second(caller, identity).objection(caller, identity, onBehalfOf, throughIt);
    }

    /** Returns the names to show for identities; they are read when the first is asked for. */
    public Names names() {
        return new Names(this::readNames);
    }

    private Map<String, String> readNames() {
        Map<String, String> shown = new HashMap<>();
        names.all().forEach(person -> shown.put(Ties.uniform(person.identity()), person.displayName()));
        shown.putAll(ties.persons());
        return shown;
    }

    private SecondPerson second(String identity, String other) {
        return new SecondPerson(ties, names.logins(List.of(identity, other)));
    }

    /** The names to show for identities, for one request. */
    public static final class Names {

        /** Shows each identity as it is. */
        public static final Names NONE = new Names(Map::of);

        private final Supplier<Map<String, String>> source;
        private @Nullable Map<String, String> shown;

        private Names(Supplier<Map<String, String>> source) {
            this.source = source;
        }

        /** Returns the name of an identity's person, or the identity if it has none; a dash for null. */
        public String of(@Nullable String identity) {
            if (identity == null) {
                return "–";
            }
            Map<String, String> read = shown;
            if (read == null) {
                read = source.get();
                shown = read;
            }
            return read.getOrDefault(Ties.uniform(identity), identity);
        }
    }
}
