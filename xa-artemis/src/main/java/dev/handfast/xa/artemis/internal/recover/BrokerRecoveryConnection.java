package dev.handfast.xa.artemis.internal.recover;

import dev.handfast.xa.artemis.internal.client.ArtemisLog;
import dev.handfast.xa.artemis.internal.client.ArtemisSettings;
import dev.handfast.xa.artemis.internal.client.BrokerAddressSettings;
import dev.handfast.xa.artemis.internal.client.BrokerFacts;
import dev.handfast.xa.artemis.internal.client.CallersThread;
import dev.handfast.xa.artemis.internal.client.Failures;
import dev.handfast.xa.artemis.internal.client.NetworkThreads;
import dev.handfast.xa.artemis.internal.client.UncheckedJms;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQNotConnectedException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.jms.client.JMSExceptionHelper;
import org.jspecify.annotations.Nullable;

/**
 * Recovery's connection to the broker node, with credentials of its own and shared with no work. It
 * is opened at need, kept, and dropped after an error. Used by one thread at a time, but for {@link
 * #close()}.
 */
public final class BrokerRecoveryConnection implements AutoCloseable {

  private final ArtemisSettings settings;
  private final ActiveMQConnectionFactory working;
  private final ServerLocator locator;
  private final NetworkThreads networkThreads;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable ClientSessionFactory connection;
  private volatile @Nullable ClientSession session;

  public BrokerRecoveryConnection(
      ArtemisSettings settings, ActiveMQConnectionFactory working, ServerLocator locator) {
    this.settings = settings;
    this.working = working;
    this.locator = locator;
    this.networkThreads = new NetworkThreads(settings, true);
    locator.addOutgoingInterceptor(networkThreads.watch());
  }

  /** Returns the XA session of recovery, and opens it if there is none. */
  ClientSession session() throws ActiveMQException {
    ClientSession current = session;
    if (current != null && !current.isClosed()) {
      return current;
    }
    drop();
    try {
      ClientSessionFactory fresh =
          CallersThread.<ClientSessionFactory, Exception>leftClean(locator::createSessionFactory);
      connection = fresh;
      networkThreads.add(fresh);
      ClientSession opened = fresh.createSession(user(), password(), true, false, false, false, 0);
      session = opened;
      return opened;
    } catch (ActiveMQException e) {
      drop();
      throw e;
    } catch (Exception e) {
      drop();
      throw notConnected(e);
    }
  }

  /** Asks the broker for its node id and version. */
  public BrokerFacts facts() throws ActiveMQException {
    lock.lock();
    try {
      return BrokerFacts.ask(
          session().getSessionFactory(), user(), password(), locator.getCallTimeout());
    } catch (ActiveMQException e) {
      drop();
      throw e;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Asks the broker for the settings of an address; empty if it does not tell.
   *
   * @throws jakarta.jms.JMSRuntimeException if it cannot be reached
   */
  public Optional<BrokerAddressSettings> address(String name) {
    return asked(session -> BrokerFacts.address(session, name, locator.getCallTimeout()));
  }

  /**
   * Asks the broker whether an address has a queue.
   *
   * @throws jakarta.jms.JMSRuntimeException if the broker cannot be reached
   */
  public boolean hasQueue(String address) {
    return asked(
        session -> !session.addressQuery(SimpleString.of(address)).getQueueNames().isEmpty());
  }

  private <T> T asked(Question<T> question) {
    lock.lock();
    try (ClientSession asking =
        session()
            .getSessionFactory()
            .createSession(user(), password(), false, true, true, false, 0)) {
      asking.start();
      return question.on(asking);
    } catch (ActiveMQException e) {
      drop();
      throw UncheckedJms.convert(
          Failures.connecting(
              settings, settings.recovery(), JMSExceptionHelper.convertFromActiveMQException(e)));
    } finally {
      lock.unlock();
    }
  }

  private interface Question<T> {
    T on(ClientSession session) throws ActiveMQException;
  }

  /** Returns the lock that is held during a call. */
  ReentrantLock lock() {
    return lock;
  }

  private @Nullable String user() {
    return settings.recovery().userOr(working);
  }

  private @Nullable String password() {
    return settings.recovery().passwordOr(working);
  }

  private static ActiveMQException notConnected(Exception cause) {
    ActiveMQException failure = new ActiveMQNotConnectedException(Failures.reason(cause));
    failure.initCause(cause);
    return failure;
  }

  /** Breaks the connection off; the next use opens another. */
  void drop() {
    ClientSessionFactory last = forget();
    if (last != null) {
      networkThreads.fail(last);
      close(last);
    }
    networkThreads.endBegun();
  }

  private @Nullable ClientSessionFactory forget() {
    ClientSessionFactory last = connection;
    session = null;
    connection = null;
    return last;
  }

  private void close(ClientSessionFactory last) {
    try {
      CallersThread.leftClean(
          () -> {
            last.close();
            return true;
          });
    } catch (RuntimeException e) {
      ArtemisLog.debug(settings.name(), "closing the connection of recovery failed", e);
    } finally {
      networkThreads.end(last);
    }
  }

  /** Breaks the connection off, also while another thread closes it. */
  public void breakOff() {
    networkThreads.failAll();
  }

  /** Closes it for good, also while another thread hangs in a call. */
  @Override
  public void close() {
    if (lock.tryLock()) {
      try {
        ClientSessionFactory last = forget();
        if (last != null) {
          close(last);
        }
      } finally {
        lock.unlock();
      }
    } else {
      drop();
    }
    networkThreads.awaitEnd();
    locator.close();
  }
}
