package io.acmpintune.engine.publication;

import org.springframework.stereotype.Component;

import io.acmpintune.engine.workflow.Workflow;

/** Every workflow's check of its mapping against what a server takes. */
@Component
class MappingChecks {

    MappingCheck of(Workflow workflow) {
        return new MappingCheck() {
            @Override
            public String digest() {
                return workflow.mapping();
            }

            @Override
            public ServerCommands.Checked check(String server, ServerCommands.Description description) {
                return new ServerCommands.Checked.Usable(CommandChoice.FIRST);
            }
        };
    }
}
