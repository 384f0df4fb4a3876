package io.acmpintune.runtime.startup;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports invalid configuration in a readable message instead of a stack trace. */
final class InvalidConfigurationAnalyzer extends AbstractFailureAnalyzer<InvalidConfigurationException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidConfigurationException cause) {
        return analysis(cause.faults(), cause);
    }

    static FailureAnalysis analysis(List<ConfigurationFault> faults, Throwable cause) {
        return new FailureAnalysis("The configuration cannot be used:\n" + lines(faults, ConfigurationFault::reason),
                "Correct it and start again:\n" + lines(faults, ConfigurationFault::remedy), cause);
    }

    private static String lines(List<ConfigurationFault> faults, Function<ConfigurationFault, String> text) {
        return faults.stream()
                .map(fault -> "  " + fault.key() + ": " + text.apply(fault))
                .collect(Collectors.joining("\n"));
    }
}
