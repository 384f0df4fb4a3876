package io.acmpintune.simulator.graph;

import java.util.List;
import java.util.UUID;

/** The people of the simulated company, Contoso. A number always yields the same person. */
final class People {

    private static final List<String> FIRST = List.of("Anna", "Jürgen", "Zoë", "Łukasz", "Maria", "Björn", "İpek",
            "Thomas", "François", "Renée", "Søren", "Sinéad", "Þóra", "Miloš", "Nguyễn", "Katharina", "Peter", "太郎",
            "Ólafur", "Chloé", "Wolfgang", "Grażyna", "José", "Ayşe");
    private static final List<String> FIRST_ALIAS = List.of("anna", "juergen", "zoe", "lukasz", "maria", "bjoern",
            "ipek",
            "thomas", "francois", "renee", "soeren", "sinead", "thora", "milos", "nguyen", "katharina", "peter", "taro",
            "olafur", "chloe", "wolfgang", "grazyna", "jose", "ayse");
    private static final List<String> LAST = List.of("Müller", "Schmidt", "O'Brien", "Kowalski", "Weiß", "Öztürk",
            "van der Berg", "García", "Sørensen", "Nowak", "Großmann", "山田", "Łęcki", "Dvořák", "Meyer-Lüdenscheid",
            "D’Angelo", "Schulz", "Åkesson", "Becker", "Nguyễn", "Hoffmann", "Çelik", "Koch", "MacDonald");
    private static final List<String> LAST_ALIAS = List.of("mueller", "schmidt", "obrien", "kowalski", "weiss",
            "oeztuerk",
            "vanderberg", "garcia", "soerensen", "nowak", "grossmann", "yamada", "lecki", "dvorak",
            "meyer-luedenscheid",
            "dangelo", "schulz", "akesson", "becker", "nguyen", "hoffmann", "celik", "koch", "macdonald");

    private final long seed;

    People(long seed) {
        this.seed = seed;
    }

    /** @param alias the part of the mail address before the at sign */
    record Person(String id, String firstName, String displayName, String alias, String mail) {}

    Person person(int number) {
        int first = number % FIRST.size();
        int last = number / FIRST.size() % LAST.size();
        int namesake = number / FIRST.size() / LAST.size();
        String alias = FIRST_ALIAS.get(first) + "." + LAST_ALIAS.get(last) + (namesake == 0 ? "" : namesake + 1);
        String id = new UUID(Randomness.of(seed, number), Randomness.of(seed + 1, number) | Long.MIN_VALUE).toString();
        return new Person(id, FIRST.get(first), FIRST.get(first) + " " + LAST.get(last), alias,
                alias + "@contoso.example");
    }
}
