package io.acmpintune.simulator.web;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Routes and counts requests, and applies injected faults. */
public final class Dispatcher {

    private final List<Site> sites = new CopyOnWriteArrayList<>();
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final Map<String, Map<Integer, LongAdder>> answers = new ConcurrentHashMap<>();
    private final Faults faults = new Faults(this::routeNames);

    /** Adds a product. If two products own a path, the one that was mounted first handles it. */
    public void mount(Site site) {
        sites.add(site);
    }

    public Faults faults() {
        return faults;
    }

    /** Returns the number of requests by route since the start, including items of batches. */
    public Map<String, Long> counts() {
        return counts.entrySet()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().sum(), (a, b) -> a, TreeMap::new));
    }

    /** Returns the number of requests by route of one product, including items of batches. */
    public Map<String, Long> counts(Site site) {
        Map<String, Long> all = counts();
        all.keySet().retainAll(site.routes().stream().map(Route::name).collect(Collectors.toSet()));
        return all;
    }

    /** Returns the number of one product's responses by status, including items of batches. */
    public Map<Integer, Long> answers(Site site) {
        var byStatus = new TreeMap<Integer, Long>();
        site.routes()
                .forEach(route -> answers.getOrDefault(route.name(), Map.of())
                        .forEach((status, number) -> byStatus.merge(status, number.sum(), Long::sum)));
        return byStatus;
    }

    public Outcome dispatch(Request request) {
        for (Site site : sites) {
            if (site.owns(request.path())) {
                return site.reachable() ? unlessCutOff(site, dispatch(site, request)) : new Outcome.Reset();
            }
        }
        return new Outcome.Send(Response.empty(404));
    }

    private static Outcome unlessCutOff(Site site, Outcome outcome) {
        return site.reachable() ? outcome : new Outcome.Reset();
    }

    private Outcome dispatch(Site site, Request request) {
        var allowed = new TreeSet<String>();
        for (Route route : site.routes()) {
            Optional<Map<String, String>> parameters = route.match(request.path());
            if (parameters.isPresent()) {
                if (route.method().equals(request.method())) {
                    return counted(route, run(route, request.with(parameters.get())));
                }
                allowed.add(route.method());
            }
        }
        return new Outcome.Send(
                allowed.isEmpty() ? site.notFound(request) : site.methodNotAllowed(request, allowed));
    }

    private Outcome counted(Route route, Outcome outcome) {
        if (outcome instanceof Outcome.Send(Response answer)) {
            answers.computeIfAbsent(route.name(), r -> new ConcurrentHashMap<>())
                    .computeIfAbsent(answer.status(), s -> new LongAdder())
                    .increment();
        }
        return outcome;
    }

    private Outcome run(Route route, Request request) {
        counts.computeIfAbsent(route.name(), r -> new LongAdder()).increment();
        return switch (faults.take(route.name()).orElseGet(Fault.None::new)) {
            case Fault.None() -> new Outcome.Send(route.handler().answer(request));
            case Fault.Reply reply -> new Outcome.Send(answer(reply));
            case Fault.ReplyAfter(Fault.Reply reply) ->
                after(route, request, answer -> new Outcome.Send(answer(reply)));
            case Fault.DropBefore() -> new Outcome.Drop();
            case Fault.DropAfter() -> after(route, request, answer -> new Outcome.Drop());
            case Fault.ResetBefore() -> new Outcome.Reset();
            case Fault.ResetAfter() -> after(route, request, answer -> new Outcome.Reset());
            case Fault.CutShort() -> after(route, request, Outcome.CutShort::new);
            case Fault.Halve() -> after(route, request, Outcome.Halve::new);
            case Fault.HangAfter() -> after(route, request,
                    answer -> faults.hang() ? new Outcome.Send(answer) : new Outcome.Drop());
            case Fault.Delay(Duration time) -> after(route, request,
                    answer -> passed(time) ? new Outcome.Send(answer) : new Outcome.Drop());
        };
    }

    private static Outcome after(Route route, Request request, Function<Response, Outcome> fault) {
        return fault.apply(route.handler().answer(request));
    }

    private static Response answer(Fault.Reply reply) {
        return new Response(reply.status(), reply.headers(),
                reply.body().isEmpty() ? new Response.Body.None() : new Response.Body.Text(reply.body()));
    }

    private static boolean passed(Duration time) {
        try {
            Thread.sleep(time);
            return true;
        } catch (InterruptedException connectionGone) {
            return false;
        }
    }

    private Set<String> routeNames() {
        return sites.stream().flatMap(s -> s.routes().stream()).map(Route::name).collect(Collectors.toSet());
    }
}
