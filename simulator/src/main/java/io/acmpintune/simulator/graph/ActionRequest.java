package io.acmpintune.simulator.graph;

import tools.jackson.databind.node.ObjectNode;

/** An action that is wanted of a device, with its parameters; well-formed, but not yet permitted. */
record ActionRequest(Action action, Device device, ObjectNode parameters) {}
