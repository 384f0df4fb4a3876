package io.acmpintune.runtime.lane;

/**
 * Another replica has taken the lane over, because this one was paused or disconnected for too long; this run must not
 * write.
 */
public final class LaneLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LaneLostException(String lane, long fence) {
        super("Lane " + lane + " was taken over by another replica (fence of this run: " + fence
                + "); this run ends without writing");
    }
}
