package io.acmpintune.engine.acmp;

import java.time.Duration;

/** Waits; an interface so that tests need not. */
interface Sleeper {

    void sleep(Duration duration) throws InterruptedException;
}
