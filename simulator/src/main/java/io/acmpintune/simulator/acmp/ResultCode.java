package io.acmpintune.simulator.acmp;

/** The result codes that the simulated ACMP uses. Source: Aagon's list for the Public API. */
enum ResultCode {
    OK(0), INTERNAL_ERROR(18), CLIENT_NOT_EXIST(26), LICENSE_AMOUNT_REACHED(32), INVALID_REQUEST(35);

    private final int number;

    ResultCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
