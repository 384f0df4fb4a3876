package io.acmpintune.simulator.web;

import java.util.List;
import java.util.Set;

/** A simulated product's part of the address space. */
public interface Site {

    /** Returns true if the path belongs to this product, whether or not there is a route. */
    boolean owns(String path);

    List<Route> routes();

    /** Returns false during an outage, in which connections to this product are reset. */
    default boolean reachable() {
        return true;
    }

    Response notFound(Request request);

    Response methodNotAllowed(Request request, Set<String> allowed);
}
