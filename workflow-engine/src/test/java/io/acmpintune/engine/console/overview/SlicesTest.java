package io.acmpintune.engine.console.overview;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.acmpintune.engine.client.ClientSearch.Facet;
import io.acmpintune.engine.console.overview.Slices.Slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class SlicesTest {

    private static final List<Facet> FACETS = List.of(new Facet("iOS", "ctIOS", "compliant", "company", 30),
            new Facet("Windows", "ctWindows", "compliant", "company", 40),
            new Facet("Windows", "ctWindows", "noncompliant", "company", 20),
            new Facet(null, null, "unknown", "unknown", 10));

    @Test
    void eachValueIsOneSliceAndTheLargestComesFirst() {
        Slices platforms = Slices.of(FACETS, Facet::operatingSystem);

        assertThat(platforms.all()).extracting(Slice::value).containsExactly("Windows", "iOS", null);
        assertThat(platforms.all()).extracting(Slice::count).containsExactly(60, 30, 10);
        assertThat(platforms.total()).isEqualTo(100);
        assertThat(platforms.bar(platforms.all().get(1))).isEqualTo(50);
    }

    @Test
    void slicesFillTheRing() {
        Slices compliance = Slices.of(FACETS, Facet::compliance);

        double end = 0;
        for (Slice slice : compliance.all()) {
            assertThat(slice.start()).isCloseTo(end, within(0.001));
            end += slice.length();
        }
        assertThat(end).isCloseTo(Slices.WHOLE, within(0.05));
        assertThat(compliance.all().getFirst().percent()).isEqualTo(70);
    }

    @Test
    void withoutCountsThereAreNoSlices() {
        assertThat(Slices.of(List.of(), Facet::compliance)).isEqualTo(new Slices(List.of(), 0, 0));
    }
}
