package io.acmpintune.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.acmpintune.simulator.SimulatorOptions.AcmpAddress;
import io.acmpintune.simulator.acmp.CommandVersions;
import io.acmpintune.simulator.sics.SicsDialect;

/**
 * The simulator as a program: {@code --devices= --seed= --directory= --http-port= --https-port= --bind= --host-name=
 * --acmp-servers= --acmp-versions= --sics-dialect=}, all optional. It writes simulator.properties, prints one line when
 * it is ready, and ends on SIGTERM.
 * <ul>
 * <li>{@code --acmp-servers=ACMP-1=acmp/acmp,ACMP-2}: ids, each with its virtual router and routing key; by default,
 * both are the id in lower case
 * <li>{@code --acmp-versions=SaveClients:1,2,3;SaveMobileDevices:1,2}: the versions that every server offers, see
 * {@link CommandVersions#parse}
 * <li>{@code --sics-dialect=sics-dialect.yml}: a dialect file of the workflow engine for SICS
 * </ul>
 */
public final class SimulatorMain {

    private static final Pattern SERVER = Pattern.compile("([^=/]+)(?:=([^=/]+)/([^=/]+))?");

    private SimulatorMain() {}

    /** Starts a simulator, whose listeners keep the process alive until it is stopped. */
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
        CommandVersions versions = CommandVersions.first();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("'" + argument + "' should be of the form --name=value");
            }
            String value = argument.substring(equals + 1);
            String name = argument.substring(0, equals);
            if (name.equals("--acmp-versions")) {
                versions = CommandVersions.parse(value);
                continue;
            }
            options = switch (name) {
                case "--devices" -> options.withDevices((int) number(argument, value));
                case "--seed" -> options.withSeed(number(argument, value));
                case "--directory" -> options.withDirectory(Path.of(value));
                case "--http-port" -> options.withPorts((int) number(argument, value), options.httpsPort());
                case "--https-port" -> options.withPorts(options.httpPort(), (int) number(argument, value));
                case "--bind" -> options.withAddress(value, options.hostName());
                case "--host-name" -> options.withAddress(options.bindAddress(), value);
                case "--sics-dialect" -> options.withSicsDialect(dialect(Path.of(value)));
                case "--acmp-servers" -> options.withAcmpServers(servers(value));
                default ->
                    throw new IllegalArgumentException("'" + argument + "' is unknown; there are --devices, --seed, "
                            + "--directory, --http-port, --https-port, --bind, --host-name, --acmp-servers, "
                            + "--acmp-versions and --sics-dialect");
            };
        }
        return options.withAcmpVersions(versions);
    }

    private static SicsDialect dialect(Path file) {
        try (InputStream yaml = Files.newInputStream(file)) {
            return SicsDialect.read(yaml);
        } catch (IOException e) {
            throw new IllegalArgumentException("the dialect " + file + " cannot be read", e);
        }
    }

    private static Map<String, AcmpAddress> servers(String list) {
        var servers = new LinkedHashMap<String, AcmpAddress>();
        for (String entry : list.split(",", -1)) {
            Matcher server = SERVER.matcher(entry);
            if (!server.matches()) {
                throw new IllegalArgumentException(
                        "'" + entry + "' should be an ACMP server such as ACMP-1 or ACMP-1=router/key");
            }
            String id = server.group(1);
            String name = id.toLowerCase(Locale.ROOT);
            servers.put(id, server.group(2) == null
                    ? new AcmpAddress(name, name)
                    : new AcmpAddress(server.group(2), server.group(3)));
        }
        return servers;
    }

    private static long number(String argument, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + argument + "' should name a whole number", e);
        }
    }
}
