package io.acmpintune.engine.console;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

import io.acmpintune.engine.workflow.Workflow;

/** Provides the frame to every page of the console, and the chosen workflow to its controller. */
@ControllerAdvice(basePackageClasses = FrameAdvice.class)
class FrameAdvice {

    private static final String EMERGENCY_STOP = "/console/emergency-stop";

    private final Frames frames;

    FrameAdvice(Frames frames) {
        this.frames = frames;
    }

    /** Returns null to who presses the emergency stop: that is answered with a redirect, and must not wait for what pages show. */
    @ModelAttribute("frame")
    @Nullable
    Frame frame(HttpServletRequest request) {
        return request.getMethod().equals("POST") && request.getRequestURI().equals(EMERGENCY_STOP)
                ? null
                : frames.of(request);
    }

    @ModelAttribute("workflow")
    Workflow workflow(HttpServletRequest request) {
        return frames.workflow(request);
    }
}
