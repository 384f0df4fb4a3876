package io.acmpintune.engine.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.acmpintune.model.action.Notification;
import io.acmpintune.model.action.WipeOptions;

/**
 * The parameters of an action, without secrets.
 *
 * @param wipe for {@link QueryAction#WIPE} only
 * @param notification for {@link QueryAction#SEND_NOTIFICATION} only
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobParameters(@Nullable WipeOptions wipe, @Nullable Notification notification) {

    public static final JobParameters NONE = new JobParameters(null, null);
}
