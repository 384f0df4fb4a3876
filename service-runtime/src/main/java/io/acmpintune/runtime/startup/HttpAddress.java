package io.acmpintune.runtime.startup;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.URI;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import org.jspecify.annotations.Nullable;

/** An http or https address with a host and without a query. A blank text is valid: {@code @NotBlank} refuses it. */
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = HttpAddress.Rule.class)
public @interface HttpAddress {

    String message() default "'${validatedValue}' is not an http or https address. Set one such as https://host:8443";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Parses the address. */
    final class Rule implements ConstraintValidator<HttpAddress, String> {

        @Override
        public boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
            if (value == null || value.isBlank()) {
                return true;
            }
            try {
                URI address = URI.create(value.strip());
                return ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
                        && address.getHost() != null && address.getQuery() == null;
            } catch (IllegalArgumentException _) {
                return false;
            }
        }
    }
}
