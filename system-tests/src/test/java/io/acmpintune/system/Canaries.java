package io.acmpintune.system;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.acmpintune.runtime.fixture.ApiCaller;
import io.acmpintune.simulator.SimulatorAccess;

import static org.assertj.core.api.Assertions.assertThat;

/** The secrets of an installation, and where none of them may appear. */
final class Canaries {

    private final BothServices installation;
    private final Map<String, Pattern> secrets = new LinkedHashMap<>();

    Canaries(BothServices installation) {
        this.installation = installation;
        SimulatorAccess access = installation.simulator().access();
        add("the client secret", access.clientSecret());
        add("the certificate's password", access.certificatePassword());
        add("SICS's password", access.sicsPassword());
        add("the plain token", JarProcess.TOKEN);
        add("the reading token", JarProcess.READING_TOKEN);
        add("the stopping token", JarProcess.STOPPING_TOKEN);
        add("the lifting token", JarProcess.LIFTING_TOKEN);
        add("the key of secrets", BothServices.SECRETS_KEY);
        add("the webhook's secret", WebhookReceiver.SECRET);
        for (Person person : Person.values()) {
            add("the token of " + person.text(), person.token());
        }
    }

    private void add(String what, String secret) {
        secrets.put(what, Pattern.compile(Pattern.quote(secret)));
    }

    /** Adds a code, often of six digits, which must not appear by itself; within longer text it is not a code. */
    void code(String what, String code) {
        secrets.put(what, Pattern.compile("(?<![0-9A-Za-z.-])" + code + "(?![0-9A-Za-z-])"));
    }

    /** Checks the logs and metrics of both services and every column of every table. */
    void assertNowhere() throws Exception {
        for (JarProcess service : List.of(installation.connector(), installation.engine())) {
            assertNoneIn("the log of " + service.name(), Files.readString(service.log()));
            assertNoneIn("the metrics of " + service.name(),
                    ApiCaller.send(new ApiCaller(service.api().url(), JarProcess.TOKEN).request("/actuator/prometheus")
                            .GET()
                            .build()).body());
        }
        try (Connection database = DriverManager.getConnection(installation.databaseUrl());
                Statement statement = database.createStatement()) {
            for (String table : tables(statement)) {
                // row by row, because a whole table may not fit into a text
                try (ResultSet rows = statement.executeQuery("select t::text from " + table + " t")) {
                    while (rows.next()) {
                        assertNoneIn("table " + table, rows.getString(1));
                    }
                }
            }
        }
    }

    void assertNoneIn(String where, String text) throws IOException {
        secrets.forEach((what, secret) -> assertThat(secret.matcher(text).find()).as("%s is in %s", what, where)
                .isFalse());
    }

    private static List<String> tables(Statement statement) throws Exception {
        List<String> tables = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("""
                select format('%I.%I', table_schema, table_name) from information_schema.tables
                where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'
                """)) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        assertThat(tables).as("tables of both services").hasSizeGreaterThan(20);
        return tables;
    }
}
