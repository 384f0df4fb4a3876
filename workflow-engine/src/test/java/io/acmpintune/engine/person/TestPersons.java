package io.acmpintune.engine.person;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Persons for tests of other packages. */
public final class TestPersons {

    private TestPersons() {}

    /** Nobody is tied. */
    public static Persons none(JdbcClient jdbc) {
        return new Persons(Ties.NONE, new SignedInNames(jdbc));
    }

    /** @param identities of each person, by name */
    public static Persons tied(JdbcClient jdbc, Map<String, List<String>> identities) {
        return new Persons(ties(identities), new SignedInNames(jdbc));
    }

    static Ties ties(Map<String, List<String>> identities) {
        List<PersonProperties> persons = new ArrayList<>();
        identities.forEach((name, list) -> persons.add(new PersonProperties(name, list)));
        return Ties.read(persons);
    }
}
