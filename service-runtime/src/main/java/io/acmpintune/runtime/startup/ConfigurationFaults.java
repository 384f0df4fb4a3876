package io.acmpintune.runtime.startup;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import jakarta.validation.Validation;
import jakarta.validation.Validator;

/**
 * Everything wrong with one group of properties: violated Jakarta Validation constraints, then faults of rules that
 * span several properties. Use it instead of {@code @Validated} where there are such rules, so that one start reports
 * all faults.
 *
 * <p>The message of a constraint is reason and remedy as two sentences without the final full stop:
 * {@code "is missing. Set the SICS user's name"}. A value appears only where the message contains {@code
 * ${validatedValue}}, which the message of a secret never does.
 */
public final class ConfigurationFaults {

    private static final Validator VALIDATOR = Validation.buildDefaultValidatorFactory().getValidator();

    private final String prefix;
    private final List<ConfigurationFault> faults = new ArrayList<>();

    private ConfigurationFaults(String prefix) {
        this.prefix = prefix;
    }

    /** Validates the constraints of properties that are bound to a prefix. */
    public static ConfigurationFaults of(String prefix, Object properties) {
        ConfigurationFaults found = new ConfigurationFaults(prefix);
        VALIDATOR.validate(properties)
                .stream()
                .map(violation -> ConfigurationFault.ofConstraint(prefix, violation.getPropertyPath().toString(),
                        violation.getMessage()))
                .sorted(Comparator.comparing(ConfigurationFault::key))
                .forEach(found.faults::add);
        return found;
    }

    /** @param key the property's name below the prefix */
    public void add(String key, String reason, String remedy) {
        faults.add(new ConfigurationFault(prefix + "." + key, reason, remedy));
    }

    public List<ConfigurationFault> all() {
        return List.copyOf(faults);
    }

    /** @throws InvalidConfigurationException with every fault found, if there is one */
    public void throwIfAny() {
        if (!faults.isEmpty()) {
            throw new InvalidConfigurationException(faults);
        }
    }
}
