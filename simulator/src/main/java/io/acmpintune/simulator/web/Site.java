package io.acmpintune.simulator.web;

import java.util.List;
import java.util.Set;

/** A simulated product's part of the address space, with its own way to say no. */
public interface Site {

    /** True if the path is this product's even where no route answers it. */
    boolean owns(String path);

    List<Route> routes();

    /** False during an outage: connections to this product are reset then. */
    default boolean reachable() {
        return true;
    }

    Response notFound(Request request);

    Response methodNotAllowed(Request request, Set<String> allowed);
}
