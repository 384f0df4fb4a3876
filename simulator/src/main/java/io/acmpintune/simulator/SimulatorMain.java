package io.acmpintune.simulator;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The simulator as a program: {@code --devices= --seed= --directory= --http-port= --https-port= --bind= --host-name=},
 * all optional. It writes simulator.properties, prints one line when it is ready, and ends on SIGTERM.
 */
public final class SimulatorMain {

    private SimulatorMain() {}

    /** Starts a world; its listeners keep the process alive until it is told to end. */
    public static void main(String[] arguments) {
        try {
            Simulator simulator = Simulator.start(options(arguments));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(simulator)));
            System.out.println(
                    "The simulator is ready at " + simulator.httpsUrl() + " and " + simulator.httpUrl() + " with "
                            + simulator.tenant().size() + " devices.");
        } catch (IllegalArgumentException e) {
            System.err.println("The simulator cannot start: " + e.getMessage());
            System.exit(2);
        } catch (IOException e) {
            System.err.println("The simulator cannot start: " + e.getMessage()
                    + ". Is a port taken, or can --directory not be written?");
            System.exit(1);
        }
    }

    private static void close(Simulator simulator) {
        try {
            simulator.close();
        } catch (IOException e) {
            System.err.println("The simulator could not remove its files: " + e.getMessage());
        }
    }

    static SimulatorOptions options(String[] arguments) {
        SimulatorOptions options = SimulatorOptions.defaults().withDirectory(Path.of("simulator"));
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("'" + argument + "' should be of the form --name=value");
            }
            String value = argument.substring(equals + 1);
            options = switch (argument.substring(0, equals)) {
                case "--devices" -> options.withDevices((int) number(argument, value));
                case "--seed" -> options.withSeed(number(argument, value));
                case "--directory" -> options.withDirectory(Path.of(value));
                case "--http-port" -> options.withPorts((int) number(argument, value), options.httpsPort());
                case "--https-port" -> options.withPorts(options.httpPort(), (int) number(argument, value));
                case "--bind" -> options.withAddress(value, options.hostName());
                case "--host-name" -> options.withAddress(options.bindAddress(), value);
                default ->
                    throw new IllegalArgumentException("'" + argument + "' is unknown; there are --devices, --seed, "
                            + "--directory, --http-port, --https-port, --bind and --host-name");
            };
        }
        return options;
    }

    private static long number(String argument, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + argument + "' should name a whole number", e);
        }
    }
}
