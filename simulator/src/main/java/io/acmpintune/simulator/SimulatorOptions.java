package io.acmpintune.simulator;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.acmpintune.simulator.acmp.CommandVersions;
import io.acmpintune.simulator.graph.RequestLimits;
import io.acmpintune.simulator.sics.SicsDialect;

/**
 * Options of the simulator. Start from {@link #defaults()} and change what matters.
 *
 * @param devices managed devices in the tenant; the first six are recorded from real tenants
 * @param seed the same seed and number generate the same devices
 * @param httpPort 0 for any free port
 * @param httpsPort 0 for any free port
 * @param bindAddress where both listeners listen
 * @param hostName name by which clients address the listeners; the certificate contains it, localhost and 127.0.0.1
 * @param directory directory for the clients' files; null for a temporary directory that is deleted when the simulator
 * is closed
 * @param checkInDelay time in which a device responds to a command
 * @param clock the clock of Microsoft and SICS; certificates are valid from one day before
 * @param acmpServers address and commands by server id
 * @param roles the application's permissions in the tenant
 * @param tokenLifetime lifetime of Entra's access tokens
 * @param secretLifetime lifetime of the application's client secret from the start
 * @param sessionLifetime lifetime of SICS's sessions after their last use
 * @param limits Graph's limits on requests
 * @param sicsDialect dialect of SICS
 */
public record SimulatorOptions(int devices, long seed, int httpPort, int httpsPort, String bindAddress, String hostName,
        @Nullable Path directory, Range checkInDelay, InstantSource clock, Map<String, AcmpAddress> acmpServers,
        Set<String> roles, Duration tokenLifetime, Duration secretLifetime, Duration sessionLifetime,
        RequestLimits limits, SicsDialect sicsDialect) {

    /** The roles for inventory, every action, and reading approvals. */
    public static final Set<String> ALL_ROLES = Set.of("DeviceManagementManagedDevices.Read.All",
            "DeviceManagementManagedDevices.ReadWrite.All", "DeviceManagementManagedDevices.PrivilegedOperations.All",
            "DeviceManagementRBAC.Read.All");

    public SimulatorOptions {
        if (devices < 0) {
            throw new IllegalArgumentException("devices is " + devices + "; a tenant has 0 or more");
        }
        if (tokenLifetime.toSeconds() < 2) {
            throw new IllegalArgumentException(
                    "tokenLifetime is " + tokenLifetime + "; a token lives 2 seconds or more");
        }
        acmpServers = Collections.unmodifiableMap(new LinkedHashMap<>(acmpServers));
        roles = Set.copyOf(roles);
    }

    /** An ACMP server's address at the broker and the commands that it offers. */
    public record AcmpAddress(String virtualRouter, String routingKey, CommandVersions versions) {

        /** Creates the address of a server that offers version 1 of every command. */
        public AcmpAddress(String virtualRouter, String routingKey) {
            this(virtualRouter, routingKey, CommandVersions.first());
        }
    }

    /** A range of durations, both ends included. */
    public record Range(Duration shortest, Duration longest) {
        public Range {
            if (shortest.isNegative() || shortest.compareTo(longest) > 0) {
                throw new IllegalArgumentException("a range runs from 0 or more upwards, not from " + shortest + " to "
                        + longest);
            }
        }
    }

    /** 2,000 devices, seed 42, free ports on the loopback address, one server ACMP-1, limits enforced with {@code Retry-After}. */
    public static SimulatorOptions defaults() {
        return new SimulatorOptions(2000, 42, 0, 0, "127.0.0.1", "localhost", null,
                new Range(Duration.ofSeconds(1), Duration.ofSeconds(4)), InstantSource.system(),
                Map.of("ACMP-1", new AcmpAddress("acmp", "acmp")), ALL_ROLES, Duration.ofHours(1), Duration.ofDays(180),
                Duration.ofSeconds(60), RequestLimits.enforced(RequestLimits.RetryAfter.SECONDS),
                SicsDialect.standard());
    }

    public SimulatorOptions withDevices(int number) {
        return new SimulatorOptions(number, seed, httpPort, httpsPort, bindAddress, hostName, directory, checkInDelay,
                clock, acmpServers, roles, tokenLifetime, secretLifetime, sessionLifetime, limits, sicsDialect);
    }

    public SimulatorOptions withSeed(long newSeed) {
        return new SimulatorOptions(devices, newSeed, httpPort, httpsPort, bindAddress, hostName, directory,
                checkInDelay,
                clock, acmpServers, roles, tokenLifetime, secretLifetime, sessionLifetime, limits, sicsDialect);
    }

    public SimulatorOptions withPorts(int http, int https) {
        return new SimulatorOptions(devices, seed, http, https, bindAddress, hostName, directory, checkInDelay, clock,
                acmpServers, roles, tokenLifetime, secretLifetime, sessionLifetime, limits, sicsDialect);
    }

    /** Sets different addresses for listening and for clients, as in a container. */
    public SimulatorOptions withAddress(String bind, String name) {
        return new SimulatorOptions(devices, seed, httpPort, httpsPort, bind, name, directory, checkInDelay, clock,
                acmpServers, roles, tokenLifetime, secretLifetime, sessionLifetime, limits, sicsDialect);
    }

    public SimulatorOptions withDirectory(Path path) {
        return new SimulatorOptions(devices, seed, httpPort, httpsPort, bindAddress, hostName, path, checkInDelay,
                clock,
                acmpServers, roles, tokenLifetime, secretLifetime, sessionLifetime, limits, sicsDialect);
    }

    public SimulatorOptions withCheckInDelay(Duration shortest, Duration longest) {
        return new SimulatorOptions(devices, seed, httpPort, httpsPort, bindAddress, hostName, directory,
                new Range(shortest, longest), clock, acmpServers, roles, tokenLifetime, secretLifetime,
                sessionLifetime, limits, sicsDialect);
    }

    public SimulatorOptions withClock(InstantSource time) {
        return new SimulatorOptions(devices, seed, httpPort, httpsPort, bindAddress, hostName, directory, checkInDelay,
                time, acmpServers, roles, tokenLifetime, secretLifetime, sessionLifetime, limits, sicsDialect);
    }

    public SimulatorOptions withAcmpServers(Map<String, AcmpAddress> servers) {
        return new SimulatorOptions(devices, seed, httpPort, httpsPort, bindAddress, hostName, directory, checkInDelay,
                clock, servers, roles, tokenLifetime, secretLifetime, sessionLifetime, limits, sicsDialect);
    }

    /** Makes every server offer these versions. */
    public SimulatorOptions withAcmpVersions(CommandVersions versions) {
        var servers = new LinkedHashMap<>(acmpServers);
        servers.replaceAll((id, address) -> new AcmpAddress(address.virtualRouter, address.routingKey, versions));
        return withAcmpServers(servers);
    }

    public SimulatorOptions withRoles(Set<String> granted) {
        return new SimulatorOptions(devices, seed, httpPort, httpsPort, bindAddress, hostName, directory, checkInDelay,
                clock, acmpServers, granted, tokenLifetime, secretLifetime, sessionLifetime, limits, sicsDialect);
    }

    public SimulatorOptions withTokenLifetime(Duration lifetime) {
        return new SimulatorOptions(devices, seed, httpPort, httpsPort, bindAddress, hostName, directory, checkInDelay,
                clock, acmpServers, roles, lifetime, secretLifetime, sessionLifetime, limits, sicsDialect);
    }

    /** A negative duration creates an expired secret. */
    public SimulatorOptions withSecretLifetime(Duration lifetime) {
        return new SimulatorOptions(devices, seed, httpPort, httpsPort, bindAddress, hostName, directory, checkInDelay,
                clock, acmpServers, roles, tokenLifetime, lifetime, sessionLifetime, limits, sicsDialect);
    }

    public SimulatorOptions withSessionLifetime(Duration lifetime) {
        return new SimulatorOptions(devices, seed, httpPort, httpsPort, bindAddress, hostName, directory, checkInDelay,
                clock, acmpServers, roles, tokenLifetime, secretLifetime, lifetime, limits, sicsDialect);
    }

    public SimulatorOptions withLimits(RequestLimits requestLimits) {
        return new SimulatorOptions(devices, seed, httpPort, httpsPort, bindAddress, hostName, directory, checkInDelay,
                clock, acmpServers, roles, tokenLifetime, secretLifetime, sessionLifetime, requestLimits, sicsDialect);
    }

    public SimulatorOptions withSicsDialect(SicsDialect dialect) {
        return new SimulatorOptions(devices, seed, httpPort, httpsPort, bindAddress, hostName, directory, checkInDelay,
                clock, acmpServers, roles, tokenLifetime, secretLifetime, sessionLifetime, limits, dialect);
    }
}
