package io.acmpintune.engine.console.overview;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.client.ClientSearch.Facet;

/**
 * Counts of one property, as a chart draws them.
 *
 * @param total of all slices
 * @param most of the largest slice
 */
record Slices(List<Slice> all, int total, int most) {

    /** As a ring is drawn: its circumference is 100, so that lengths are percents. */
    static final double WHOLE = 100;

    Slices {
        all = List.copyOf(all);
    }

    /**
     * One value with its count.
     *
     * @param value null = Intune has none
     * @param length its part of a bar or ring of 100
     * @param start where its part of the ring begins
     */
    record Slice(@Nullable String value, int count, double length, double start) {

        public int percent() {
            return (int) Math.round(length);
        }

        /** The part that is drawn, and the rest, as SVG's {@code stroke-dasharray} takes it. */
        public String dashes() {
            return length + " " + (WHOLE - length);
        }
    }

    /** The slices in the order of their counts. */
    static Slices of(List<Facet> facets, Function<Facet, @Nullable String> property) {
        Map<@Nullable String, Integer> counts = new LinkedHashMap<>();
        for (Facet facet : facets) {
            counts.merge(property.apply(facet), facet.count(), Integer::sum);
        }
        int total = sum(facets, Facet::count);
        List<Slice> slices = new ArrayList<>();
        double start = 0;
        for (Map.Entry<@Nullable String, Integer> entry : counts.entrySet()
                .stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .toList()) {
            double length = Math.round(entry.getValue() * WHOLE * 100 / total) / 100.0;
            slices.add(new Slice(entry.getKey(), entry.getValue(), length, start));
            start += length;
        }
        return new Slices(slices, total, slices.isEmpty() ? 0 : slices.getFirst().count());
    }

    private static int sum(List<Facet> facets, ToIntFunction<Facet> count) {
        return facets.stream().mapToInt(count).sum();
    }

    /** How long the bar of a slice is where the longest is 100. */
    public double bar(Slice slice) {
        return most == 0 ? 0 : Math.round(slice.count() * WHOLE * 10 / most) / 10.0;
    }
}
