package io.acmpintune.engine.console.signin;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.console.signin.ConsoleProperties.UserProperties;
import io.acmpintune.runtime.access.Role;
import io.acmpintune.runtime.startup.ConfigurationFault;

/** Reads {@code engine.console.users}, and collects every fault. */
final class LocalUserReader {

    /** A stolen hash of a lower cost is guessed too fast. */
    private static final int LOWEST_COST = 10;
    /** A higher cost takes seconds, so that a few sign-ins at once occupy the machine. */
    private static final int HIGHEST_COST = 15;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
    private static final Pattern PASSWORD = Pattern.compile("\\{bcrypt}(\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{53})");
    private static final int LONGEST_DISPLAY_NAME = 100;
    private static final String ROLES = Role.list(Role.all());

    private final List<ConfigurationFault> faults = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    List<ConfigurationFault> faults() {
        return faults;
    }

    List<LocalUser> read(List<UserProperties> users) {
        List<LocalUser> read = new ArrayList<>();
        for (int i = 0; i < users.size(); i++) {
            read("engine.console.users[" + i + "]", users.get(i)).ifPresent(read::add);
        }
        return read;
    }

    private Optional<LocalUser> read(String key, UserProperties user) {
        int before = faults.size();
        String name = name(key + ".name", user.name());
        String hash = hash(key + ".password", user.password());
        Set<Role> roles = roles(key + ".roles", user.roles());
        String shown = user.displayName() == null || user.displayName().isBlank() ? name : user.displayName().strip();
        if (shown.length() > LONGEST_DISPLAY_NAME) {
            fault(key + ".display-name", "has " + shown.length() + " characters",
                    "Set at most " + LONGEST_DISPLAY_NAME + ", or leave the key out");
        }
        return faults.size() > before ? Optional.empty() : Optional.of(new LocalUser(name, shown, roles, hash));
    }

    private String name(String key, @Nullable String given) {
        String name = given == null ? "" : given.strip();
        if (!NAME.matcher(name).matches()) {
            fault(key, "'" + name + "' is not a valid user name",
                    "Use 1 to 64 letters, digits, '.', '_', '@' or '-', beginning with a letter or digit");
        } else if (!names.add(name.toLowerCase(Locale.ROOT))) {
            fault(key, "there is another user '" + name + "'",
                    "Give every user a name of their own, whatever the case");
        }
        return name;
    }

    private String hash(String key, @Nullable String given) {
        Matcher password = PASSWORD.matcher(given == null ? "" : given.strip());
        String remedy = "Set {bcrypt} followed by a hash of cost " + LOWEST_COST + " to " + HIGHEST_COST
                + ", such as 'htpasswd -nBC 12 anna' writes behind the colon";
        if (!password.matches()) {
            fault(key, given == null || given.isBlank() ? "is missing" : "is not {bcrypt} and a bcrypt hash", remedy);
            return "";
        }
        int cost = Integer.parseInt(password.group(2));
        if (cost < LOWEST_COST || cost > HIGHEST_COST) {
            fault(key, "the hash has cost " + cost, remedy);
        }
        return password.group(1);
    }

    private Set<Role> roles(String key, List<String> given) {
        EnumSet<Role> roles = EnumSet.noneOf(Role.class);
        for (String text : given) {
            Role.read(text, Role.all())
                    .ifPresentOrElse(roles::add,
                            () -> fault(key, "'" + text + "' is not a role", "Set some of " + ROLES));
        }
        if (given.isEmpty()) {
            fault(key, "no role is set, so the user would see nothing", "Set some of " + ROLES);
        }
        return roles.isEmpty() ? Role.all() : roles;
    }

    private void fault(String key, String reason, String remedy) {
        faults.add(new ConfigurationFault(key, reason, remedy));
    }
}
