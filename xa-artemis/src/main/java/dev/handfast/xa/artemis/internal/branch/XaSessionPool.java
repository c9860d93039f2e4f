package dev.handfast.xa.artemis.internal.branch;

import dev.handfast.xa.artemis.internal.client.ArtemisLog;
import dev.handfast.xa.artemis.internal.client.ArtemisSettings;
import dev.handfast.xa.artemis.internal.client.BrokerClient;
import dev.handfast.xa.artemis.internal.client.Failures;
import dev.handfast.xa.artemis.internal.client.XaSession;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.NoSuchElementException;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;

/**
 * The pool of XA sessions of one resource: transactions borrow them, and give them back when their
 * branch is finished. A session whose connection is gone is replaced when it is borrowed. Safe for
 * use by many threads.
 */
public final class XaSessionPool implements XaSessionOwner, AutoCloseable {

  private final ArtemisSettings settings;
  private final GenericObjectPool<XaSession> pool;

  XaSessionPool(BrokerClient client) {
    this.settings = client.settings();
    this.pool = new GenericObjectPool<>(new Sessions(client), configuration(settings));
  }

  private static GenericObjectPoolConfig<XaSession> configuration(ArtemisSettings settings) {
    var configuration = new GenericObjectPoolConfig<XaSession>();
    configuration.setMaxTotal(settings.maxSessions());
    configuration.setMaxIdle(settings.maxSessions());
    configuration.setMaxWait(settings.acquisitionTimeout());
    configuration.setTestOnBorrow(true);
    configuration.setJmxEnabled(false);
    return configuration;
  }

  XaSession borrow() throws JMSException {
    long begin = System.nanoTime();
    try {
      return pool.borrowObject();
    } catch (JMSException | RuntimeException e) {
      if (e instanceof NoSuchElementException) {
        throw Failures.caused(exhausted(Duration.ofNanos(System.nanoTime() - begin)), e);
      }
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failures.caused(settings.owner() + ": interrupted while waiting for a session", e);
    } catch (Exception e) {
      throw Failures.caused(settings.owner() + ": no session could be opened", e);
    }
  }

  private String exhausted(Duration waited) {
    return settings.owner()
        + ": no XA session became free within "
        + waited.toMillis()
        + " ms ("
        + pool.getMaxTotal()
        + " at most, "
        + pool.getNumActive()
        + " in use, "
        + pool.getNumIdle()
        + " idle, "
        + pool.getNumWaiters()
        + " more waiting). To solve this, shorten the transactions or raise max-sessions.";
  }

  @Override
  public void reset(XaSession session) throws JMSException {
    session.reset();
  }

  @Override
  public void giveBack(XaSession session) {
    pool.returnObject(session);
  }

  /** Closes the session's connection without asking the broker. */
  @Override
  public void discard(XaSession session) {
    session.markBroken();
    try {
      pool.invalidateObject(session);
    } catch (Exception e) {
      ArtemisLog.debug(settings.name(), "discarding a session failed", e);
    }
  }

  public int active() {
    return pool.getNumActive();
  }

  public int idle() {
    return pool.getNumIdle();
  }

  /** Closes the idle sessions, and each other one when it is given back or discarded. */
  @Override
  public void close() {
    pool.close();
  }

  private static final class Sessions extends BasePooledObjectFactory<XaSession> {

    private final BrokerClient client;

    Sessions(BrokerClient client) {
      this.client = client;
    }

    @Override
    public XaSession create() throws JMSException {
      return client.openXa();
    }

    @Override
    public PooledObject<XaSession> wrap(XaSession session) {
      return new DefaultPooledObject<>(session);
    }

    @Override
    public boolean validateObject(PooledObject<XaSession> pooled) {
      return pooled.getObject().isUsable();
    }

    @Override
    public void destroyObject(PooledObject<XaSession> pooled) {
      XaSession session = pooled.getObject();
      if (session.isAlive() || session.core().isClosed()) {
        client.close(session.connection());
      } else {
        client.breakOff(session.connection());
      }
    }
  }
}
