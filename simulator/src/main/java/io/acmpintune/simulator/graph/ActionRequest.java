package io.acmpintune.simulator.graph;

import tools.jackson.databind.node.ObjectNode;

/** A well-formed request for an action on a device, not yet authorized. */
record ActionRequest(Action action, Device device, ObjectNode parameters) {}
