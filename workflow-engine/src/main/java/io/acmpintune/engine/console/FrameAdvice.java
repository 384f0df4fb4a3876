package io.acmpintune.engine.console;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

import io.acmpintune.engine.workflow.Workflow;

/** Gives every page of the console its frame, and its controller the workflow that it is about. */
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
