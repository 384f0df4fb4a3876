package io.acmpintune.runtime.startup;

import java.util.stream.Collectors;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Ends a start with wrong configuration in a readable message instead of a stack trace. */
final class WrongConfigurationAnalyzer extends AbstractFailureAnalyzer<WrongConfiguration> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, WrongConfiguration cause) {
        String faults = cause.faults()
                .stream()
                .map(fault -> "  " + fault.key() + ": " + fault.reason())
                .collect(Collectors.joining("\n"));
        String remedies = cause.faults()
                .stream()
                .map(fault -> "  " + fault.key() + ": " + fault.remedy())
                .collect(Collectors.joining("\n"));
        return new FailureAnalysis("The configuration cannot be used:\n" + faults,
                "Correct it and start again:\n" + remedies, cause);
    }
}
