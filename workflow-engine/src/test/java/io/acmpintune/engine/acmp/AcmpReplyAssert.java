package io.acmpintune.engine.acmp;

import org.assertj.core.api.AbstractAssert;

import io.acmpintune.engine.acmp.icql.ResultCode;
import io.acmpintune.engine.acmp.sics.ConnectionProblem;

/** Says what a command came to, in a test's words. */
final class AcmpReplyAssert<T> extends AbstractAssert<AcmpReplyAssert<T>, AcmpReply<T>> {

    private AcmpReplyAssert(AcmpReply<T> actual) {
        super(actual, AcmpReplyAssert.class);
    }

    static <T> AcmpReplyAssert<T> assertThatReply(AcmpReply<T> actual) {
        return new AcmpReplyAssert<>(actual);
    }

    AcmpReplyAssert<T> isDoneWith(T value) {
        if (!actual.equals(new AcmpReply.Done<>(value))) {
            failWithMessage("expected %s to be done with %s", actual, value);
        }
        return this;
    }

    AcmpReplyAssert<T> isRefusedWith(ResultCode code, String message) {
        if (!actual.equals(new AcmpReply.Refused<T>(code, message))) {
            failWithMessage("expected %s to be refused with %s and '%s'", actual, code, message);
        }
        return this;
    }

    AcmpReplyAssert<T> isUnavailableFor(ConnectionProblem.Kind kind, String... words) {
        if (!(actual instanceof AcmpReply.Unavailable<T>(var problem)) || problem.kind() != kind) {
            throw failure("expected %s to be unavailable for %s", actual, kind);
        }
        for (String word : words) {
            if (!problem.text().contains(word)) {
                failWithMessage("expected '%s' to mention '%s'", problem.text(), word);
            }
        }
        return this;
    }
}
