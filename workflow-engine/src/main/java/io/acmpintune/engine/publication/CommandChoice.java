package io.acmpintune.engine.publication;

/** In which versions a server is sent the commands that save records. */
record CommandChoice(int saveClients, int saveMobileDevices) {

    static final CommandChoice FIRST = new CommandChoice(1, 1);
}
