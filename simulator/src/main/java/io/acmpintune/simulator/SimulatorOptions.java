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
 * What a simulated world is like. Start from {@link #defaults()} and change what matters.
 *
 * @param devices         managed devices in the tenant; the first six are the observed ones
 * @param seed            the same seed and number make the same devices
 * @param httpPort        0 for any free port
 * @param httpsPort       0 for any free port
 * @param bindAddress     where both listeners listen
 * @param hostName        by which clients address the listeners; the certificate names it, localhost and 127.0.0.1
 * @param directory       where the files for clients are written; null for a temporary directory that goes with the
 *                        simulator
 * @param checkInDelay    how long a device takes to answer a command
 * @param clock           the time at Microsoft's and at SICS; certificates are valid from a day before it
 * @param acmpServers     server id to where it listens and what it offers
 * @param roles           the application's permissions in the tenant
 * @param tokenLifetime   of Entra's access tokens
 * @param secretLifetime  of the application's client secret, from the start
 * @param sessionLifetime of SICS's sessions since their last use
 * @param limits          Graph's limits on requests
 * @param sicsDialect     what SICS understands
 */
public record SimulatorOptions(int devices, long seed, int httpPort, int httpsPort, String bindAddress, String hostName,
        @Nullable Path directory, Range checkInDelay, InstantSource clock, Map<String, AcmpAddress> acmpServers,
        Set<String> roles, Duration tokenLifetime, Duration secretLifetime, Duration sessionLifetime,
        RequestLimits limits, SicsDialect sicsDialect) {

    /** The roles that an administrator grants for inventory, every action, and to see how approvals stand. */
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

    /** Where an ACMP server listens at the broker, and which commands it takes there. */
    public record AcmpAddress(String virtualRouter, String routingKey, CommandVersions versions) {

        /** Of a server that offers version 1 of every command. */
        public AcmpAddress(String virtualRouter, String routingKey) {
            this(virtualRouter, routingKey, CommandVersions.first());
        }
    }

    /** From the shortest to the longest duration, both possible. */
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

    /** For a container: listens at one address and is addressed by a name of its own. */
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

    /** Has every one of the servers offer these versions. */
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

    /** A negative duration makes a secret that has expired already. */
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
