package io.acmpintune.simulator.demo;

/** The installation did not do what was expected. The message is shown to the user. */
public final class DemoFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DemoFailure(String message) {
        super(message);
    }
}
