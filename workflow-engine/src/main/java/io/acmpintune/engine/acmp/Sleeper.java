package io.acmpintune.engine.acmp;

import java.time.Duration;

/** Lets some time pass; a boundary so that tests need not wait. */
interface Sleeper {

    void sleep(Duration duration) throws InterruptedException;
}
