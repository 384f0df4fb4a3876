package io.acmpintune.engine.publication;

import io.acmpintune.engine.publication.plan.Tally;
import io.acmpintune.runtime.lane.LaneRun;

/**
 * State that the steps of one run share.
 *
 * @param lane the fence that every write passes
 */
record RunContext(ServerCommands.Check.Usable versions, Tally tally, LaneRun lane) {}
