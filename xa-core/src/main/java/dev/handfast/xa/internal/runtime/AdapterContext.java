package dev.handfast.xa.internal.runtime;

import dev.handfast.xa.internal.branch.Recoverability;
import dev.handfast.xa.internal.narayana.NarayanaRuntime;
import dev.handfast.xa.spi.GlobalTransaction;
import dev.handfast.xa.spi.Incoming;
import dev.handfast.xa.spi.ResourceContext;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the adapter of one resource is given. */
final class AdapterContext implements ResourceContext {

  private final String resource;
  private final NarayanaRuntime narayana;
  private final Recoverability recovery;
  private final Duration callTimeout;
  private final NewTransaction apart;

  AdapterContext(
      String resource,
      NarayanaRuntime narayana,
      Recoverability recovery,
      Duration callTimeout,
      NewTransaction apart) {
    this.resource = resource;
    this.narayana = narayana;
    this.recovery = recovery;
    this.callTimeout = callTimeout;
    this.apart = apart;
  }

  @Override
  public @Nullable GlobalTransaction current() {
    return narayana.current(resource, recovery);
  }

  @Override
  public Duration recoveryCallTimeout() {
    return callTimeout;
  }

  @Override
  public <X extends Exception> void transaction(@Nullable Duration timeout, Incoming<X> work)
      throws X {
    apart.<X>run(timeout, () -> work.in(Objects.requireNonNull(current(), "transaction")));
  }
}
