package io.acmpintune.runtime.startup;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.bind.validation.ValidationErrors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/**
 * Reports the violated constraints of {@code @Validated} properties without their values, which Spring Boot would
 * print.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ConstraintViolationsAnalyzer extends AbstractFailureAnalyzer<BindValidationException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, BindValidationException cause) {
        return InvalidConfigurationAnalyzer.analysis(faults(cause.getValidationErrors()), cause);
    }

    static List<ConfigurationFault> faults(ValidationErrors errors) {
        return errors.getAllErrors()
                .stream()
                .map(error -> ConfigurationFault.ofConstraint(errors.getName().toString(), path(error),
                        Objects.requireNonNullElse(error.getDefaultMessage(), "is wrong")))
                .sorted(Comparator.comparing(ConfigurationFault::key))
                .toList();
    }

    private static String path(ObjectError error) {
        return error instanceof FieldError field ? field.getField() : "";
    }
}
