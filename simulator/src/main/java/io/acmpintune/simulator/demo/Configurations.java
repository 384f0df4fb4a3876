package io.acmpintune.simulator.demo;

import java.util.Properties;

/** Writes the services' configuration files for an installation next to a simulator. */
final class Configurations {

    private final Installation.Plan plan;
    private final Properties world;
    private final String database;

    /** The engine's tokens at the connector-service. */
    record ConnectorTokens(String reading, String acting, String stopping, String lifting) {}

    Configurations(Installation.Plan plan, Properties world, String database) {
        this.plan = plan;
        this.world = world;
        this.database = database;
    }

    String connector(int port, ConnectorTokens tokens) {
        return common(port) + """
                connector:
                  api:
                    tokens:
                      - { name: engine-reading, role: viewer, token: "%s" }
                      - { name: engine-acting, role: operator, token: "%s" }
                      - { name: engine-stopping, role: stopper, token: "%s" }
                      - { name: engine-lifting, role: lifter, token: "%s" }
                intune:
                  connectors:
                    IntuneConnector_1:
                      tenant-id: %s
                      client-id: %s
                      authentication: certificate
                      certificate: %s
                      certificate-password: "%s"
                      cloud: custom
                      login-endpoint: %s
                      graph-endpoint: %s
                      ssl-bundle: simulator
                      actions: { follow-up: %dms }
                """.formatted(tokens.reading(), tokens.acting(), tokens.stopping(), tokens.lifting(),
                world("tenant-id"), world("client-id"), world("certificate"),
                world("certificate-password"), world("https-url"), world("https-url"), plan.followUp().toMillis());
    }

    /** @param passwordHash bcrypt hash of the password with which all users sign in to the console */
    String engine(int port, String token, String passwordHash, String connectorUrl,
            ConnectorTokens connectorTokens) {
        return common(port)
                + """
                        engine:
                          api:
                            tokens: [ "%s" ]
                          console:
                            users:
                              - { name: anna, display-name: Anna Arslan, roles: [ operator, administrator ], password: "{bcrypt}%s" }
                              - { name: paul, display-name: Paul Peters, roles: [ approver ], password: "{bcrypt}%s" }
                        acmp:
                          sics:
                            url: %s
                            username: %s
                            password: "%s"
                            ssl-bundle: simulator
                          servers:
                            ACMP-1: { virtual-router: acmp, routing-key: acmp }
                          workflows:
                            IntuneMobileDevices_1:
                              connector: IntuneConnector_1
                              connector-url: %s
                              connector-tokens: { reading: "%s", acting: "%s", stopping: "%s", lifting: "%s" }
                              acmp-server-id: "*"
                        """
                        .formatted(token, passwordHash, passwordHash, world("https-url"), world("sics-user"),
                                world("sics-password"), connectorUrl,
                                connectorTokens.reading(), connectorTokens.acting(), connectorTokens.stopping(),
                                connectorTokens.lifting());
    }

    private String common(int port) {
        return """
                server:
                  port: %d
                  address: 127.0.0.1
                spring:
                  datasource: { url: "%s", username: postgres, password: postgres }
                  ssl:
                    bundle:
                      pem:
                        simulator:
                          truststore:
                            certificate: file:%s
                """.formatted(port, database, world("ca"));
    }

    private String world(String key) {
        String value = world.getProperty(key);
        if (value == null) {
            throw new DemoFailure("simulator.properties has no " + key);
        }
        return value;
    }
}
