package io.acmpintune.engine.publication;

import io.acmpintune.engine.mapping.ChosenVersion;

/** The versions of the commands that save records, as chosen for a server. */
record SaveVersions(ChosenVersion clients, ChosenVersion mobileDevices) {}
