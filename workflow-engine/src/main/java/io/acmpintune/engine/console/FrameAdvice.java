package io.acmpintune.engine.console;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

import io.acmpintune.engine.workflow.Workflow;

/** Provides the frame to every page of the console, and the chosen workflow to its controller. */
@ControllerAdvice(basePackageClasses = FrameAdvice.class)
class FrameAdvice {

    private final Frames frames;

    FrameAdvice(Frames frames) {
        this.frames = frames;
    }

    @ModelAttribute("frame")
    Frame frame(HttpServletRequest request) {
        return frames.of(request);
    }

    @ModelAttribute("workflow")
    Workflow workflow(HttpServletRequest request) {
        return frames.workflow(request);
    }
}
