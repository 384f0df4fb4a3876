package io.acmpintune.engine.console.signin;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.acmpintune.engine.console.signin.ConsoleProperties.UserProperties;
import io.acmpintune.runtime.startup.InvalidConfigurationException;

/** The configured users by name. */
final class LocalUsers {

    private final Map<String, LocalUser> byName;

    private LocalUsers(List<LocalUser> users) {
        this.byName = users.stream().collect(Collectors.toMap(user -> key(user.name()), Function.identity()));
    }

    /**
     * Reads the configured users; there may be none.
     *
     * @throws InvalidConfigurationException with every fault found
     */
    static LocalUsers read(List<UserProperties> users) {
        LocalUserReader reader = new LocalUserReader();
        List<LocalUser> read = reader.read(users);
        if (!reader.faults().isEmpty()) {
            throw new InvalidConfigurationException(reader.faults());
        }
        return new LocalUsers(read);
    }

    /** Finds a user by the name in any case. */
    Optional<LocalUser> find(String name) {
        return Optional.ofNullable(byName.get(key(name)));
    }

    boolean isEmpty() {
        return byName.isEmpty();
    }

    /** Returns the hash that takes longest to check, for unknown names. */
    Optional<String> slowestHash() {
        return byName.values().stream().map(LocalUser::hash).max((one, other) -> cost(one).compareTo(cost(other)));
    }

    private static String cost(String hash) {
        return hash.substring(4, 6);
    }

    private static String key(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
