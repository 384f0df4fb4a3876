package io.acmpintune.engine.publication;

import io.acmpintune.engine.mapping.ChosenVersion;

/** In which versions a server is sent the commands that save records. */
record CommandChoice(ChosenVersion saveClients, ChosenVersion saveMobileDevices) {}
