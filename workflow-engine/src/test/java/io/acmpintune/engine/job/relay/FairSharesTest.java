package io.acmpintune.engine.job.relay;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.acmpintune.engine.job.QueryAction;
import io.acmpintune.engine.job.relay.HandOverRepository.Backlog;

import static org.assertj.core.api.Assertions.assertThat;

class FairSharesTest {

    @Test
    void identitiesShareTheRoomWhateverTheirNumberOfJobs() {
        Stream<Backlog> many = IntStream.range(0, 100).mapToObj(i -> backlog("token:many", i, 1));

        assertThat(targets(Stream.concat(many, Stream.of(backlog("token:one", 200, 100))).toList(), 10, 0))
                .containsExactlyInAnyOrderEntriesOf(Map.of("token:many", 5, "token:one", 5));
    }

    @Test
    void whatAnIdentityDoesNotNeedIsLeftToTheOthers() {
        assertThat(targets(List.of(backlog("a", 1, 2), backlog("b", 2, 50)), 20, 0))
                .containsExactlyInAnyOrderEntriesOf(Map.of("a", 2, "b", 18));
    }

    @Test
    void theJobsOfAnIdentityAreServedInTheirOrder() {
        Backlog first = backlog("a", 1, 3);

        assertThat(FairShares.of(List.of(first, backlog("a", 2, 3)), 4, 0))
                .containsExactly(new FairShares.Share(first, 3), new FairShares.Share(backlog("a", 2, 3), 1));
    }

    @Test
    void everyIdentityGetsItsTurnWhereTheRoomIsSmall() {
        List<Backlog> three = List.of(backlog("a", 1, 9), backlog("b", 2, 9), backlog("c", 3, 9));

        assertThat(IntStream.range(0, 3).mapToObj(turn -> targets(three, 1, turn).keySet().iterator().next()))
                .containsExactly("a", "b", "c");
    }

    @Test
    void withoutRoomOrJobsNothingIsShared() {
        assertThat(FairShares.of(List.of(backlog("a", 1, 9)), 0, 0)).isEmpty();
        assertThat(FairShares.of(List.of(), 9, 5)).isEmpty();
    }

    private static Map<String, Integer> targets(List<Backlog> backlogs, int room, int turn) {
        return FairShares.of(backlogs, room, turn)
                .stream()
                .collect(Collectors.groupingBy(share -> share.of().identity(),
                        Collectors.summingInt(FairShares.Share::targets)));
    }

    private static Backlog backlog(String identity, int job, int unclaimed) {
        return new Backlog(identity, new UUID(0, job), QueryAction.SYNCHRONIZE, unclaimed);
    }
}
