package dev.handfast.examples.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.examples.orders.input.Invoice;
import dev.handfast.examples.orders.input.Samples;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WorkersTest {

  private static List<Invoice> invoices;

  @BeforeAll
  static void read() throws Exception {
    invoices = Samples.ownFile().invoices();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 64})
  void eachInvoiceIsInOneShareAndEachCustomerToo(int threads) {
    List<List<Invoice>> shares = Workers.shares(invoices, threads);

    assertThat(shares).hasSize(threads);
    assertThat(shares.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(invoices);
    Map<Integer, Long> sharesOfCustomer =
        shares.stream()
            .flatMap(
                share -> share.stream().map(Invoice::customer).filter(c -> c != null).distinct())
            .collect(Collectors.groupingBy(c -> c, Collectors.counting()));
    assertThat(sharesOfCustomer.values()).containsOnly(1L);
  }

  @Test
  void aShareIsInTheOrderOfTheFile() {
    for (List<Invoice> share : Workers.shares(invoices, 4)) {
      List<Invoice> sorted = new ArrayList<>(share);
      sorted.sort((a, b) -> Integer.compare(invoices.indexOf(a), invoices.indexOf(b)));
      assertThat(share).isEqualTo(sorted);
    }
  }

  @Test
  void severalThreadsDoEachInvoiceOnce() throws Exception {
    Queue<String> done = new ConcurrentLinkedQueue<>();
    CountDownLatch two = new CountDownLatch(2);

    new Workers(
            4,
            invoice -> {
              two.countDown();
              two.await();
              done.add(invoice.number());
            })
        .doAll(invoices);

    assertThat(done)
        .containsExactlyInAnyOrderElementsOf(invoices.stream().map(Invoice::number).toList());
  }

  @Test
  void theFirstFailureStopsTheOthers() {
    List<String> done = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch failed = new CountDownLatch(1);
    String bad = Workers.shares(invoices, 2).get(0).get(0).number();
    Workers workers =
        new Workers(
            2,
            invoice -> {
              if (invoice.number().equals(bad)) {
                throw new IllegalStateException("no " + bad);
              }
              done.add(invoice.number());
              failed.await();
            });

    assertThatThrownBy(() -> workers.doAll(invoices))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("no " + bad);
    assertThat(done).hasSizeLessThanOrEqualTo(1);
  }
}
