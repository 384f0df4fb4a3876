package io.acmpintune.engine.console;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PaginationTest {

    @Test
    void aPageKnowsItsRowsAndItsNeighbours() {
        Pagination pages = new Pagination(3, 1_234, 50);

        assertThat(pages.first()).isEqualTo(101);
        assertThat(pages.end()).isEqualTo(150);
        assertThat(pages.last()).isEqualTo(25);
        assertThat(pages.around()).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void behindTheLastPageIsTheLastPage() {
        assertThat(new Pagination(99, 1_234, 50).page()).isEqualTo(25);
        assertThat(new Pagination(99, 1_234, 50).end()).isEqualTo(1_234);
    }

    @Test
    void nothingIsOneEmptyPage() {
        Pagination pages = new Pagination(1, 0, 50);

        assertThat(pages.page()).isEqualTo(1);
        assertThat(pages.last()).isEqualTo(1);
        assertThat(pages.first()).isZero();
    }
}
