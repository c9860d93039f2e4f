package dev.handfast.xa.it.shutdown;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.artemis.ArtemisConnections;
import dev.handfast.xa.artemis.ListenerOptions;
import dev.handfast.xa.testkit.crash.CrashChild;
import dev.handfast.xa.testkit.network.TcpProxy;
import jakarta.jms.JMSContext;
import jakarta.transaction.Synchronization;
import jakarta.transaction.Transactional.TxType;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * The application: one transaction that commits, and one that is held up. It is told {@code go}
 * when whatever is to hold it up is there, answers {@code held} when it is, and then waits for a
 * SIGTERM or for the order to close. The arguments are those of {@link HeldCase}.
 */
public final class HeldMain {

  static final String GO = "go";
  static final String STARTED = "started";
  static final String HELD = "held";

  private static final CrashChild PARENT = CrashChild.attach();
  private static volatile @Nullable HeldMain main;

  private final HeldCase held;
  private final TcpProxy network;
  private final Handfast handfast;
  private final DataSource orders;
  private final ArtemisConnections events;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Thread worker;
  private final CountDownLatch worked = new CountDownLatch(1);
  private final CountDownLatch goes = new CountDownLatch(1);

  private HeldMain(HeldCase held, TcpProxy network) {
    this.held = held;
    this.network = network;
    var database = held.orders(network.port());
    var broker = held.events();
    handfast = held.start(database, broker);
    orders = handfast.resource(database);
    events = handfast.resource(broker);
  }

  /** Takes what {@link HeldCase#arguments()} gives. */
  public static void main(String[] arguments) throws Exception {
    HeldCase held = HeldCase.of(arguments);
    HeldMain child = new HeldMain(held, TcpProxy.to("127.0.0.1", held.databasePort()).start());
    main = child;
    try {
      child.live();
    } catch (Throwable e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  private void live() throws Exception {
    handfast.run(() -> work(HeldCase.FIRST));
    if (held.end() == HeldCase.End.LEAVE_OPEN) {
      leaveOpen();
      return;
    }
    if (held.end() == HeldCase.End.SIGTERM) {
      handfast.closeOnShutdown(HeldCase.BOUND);
    }
    lock.lock();
    if (held.holder() == Holder.SENDING_BROKER) {
      begin();
      worked.await();
    }
    PARENT.answer(STARTED);
    await(GO);
    goes.countDown();
    if (held.holder() != Holder.SENDING_BROKER) {
      begin();
    }
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(this::isHeld);
    PARENT.answer(HELD);
    await(HeldCase.End.CLOSE.name());
    long begin = System.nanoTime();
    handfast.close();
    PARENT.answer(String.valueOf(Duration.ofNanos(System.nanoTime() - begin).toMillis()));
  }

  /** As a program does that forgets to end what it has begun. */
  private void leaveOpen() throws Exception {
    try (handfast) {
      handfast.userTransaction().begin();
      work(HeldCase.SECOND);
    }
  }

  private static void await(String order) throws InterruptedException {
    String said = PARENT.next();
    if (!said.equals(order)) {
      throw new IllegalStateException(said + " where " + order + " was due");
    }
  }

  private boolean isHeld() {
    if (held.holder() == Holder.IDLE_BROKER) {
      return true;
    }
    Thread at = worker;
    return at != null && held.holder().holds(at);
  }

  private void begin() {
    switch (held.holder()) {
      case IDLE_BROKER -> {}
      case LISTENER -> {
        events.listen(
            held.requests(), ListenerOptions.defaults().deadLetter("lost"), message -> onRequest());
      }
      default -> {
        Thread thread = new Thread(new FutureTask<>(this::runHeld), "worker");
        thread.setDaemon(true);
        worker = thread;
        thread.start();
      }
    }
  }

  private boolean runHeld() throws Exception {
    handfast.transaction(TxType.REQUIRED).timeout(held.patience()).run(this::heldBody);
    return true;
  }

  private void heldBody() throws Exception {
    switch (held.holder()) {
      case STATEMENT -> {
        send(HeldCase.SECOND);
        execute("INSERT INTO item VALUES (" + HeldCase.SECOND + ", '" + held.name() + "')");
        query("SELECT pg_sleep(600)");
      }
      case COPY -> copy();
      case BEFORE_COMPLETION, AFTER_COMPLETION -> {
        work(HeldCase.SECOND);
        handfast.transactionManager().getTransaction().registerSynchronization(new Locking());
      }
      case SENDING_BROKER -> {
        work(HeldCase.SECOND);
        worked.countDown();
        goes.await();
        sendForEver();
      }
      default -> work(HeldCase.SECOND);
    }
  }

  private void copy() throws SQLException {
    send(HeldCase.SECOND);
    try (Connection c = orders.getConnection();
        Statement s = c.createStatement()) {
      c.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY item FROM STDIN");
      s.execute("SELECT 1");
    }
  }

  private void onRequest() throws SQLException {
    worker = Thread.currentThread();
    work(HeldCase.SECOND);
    waitForEver();
  }

  /** Waits for a lock that is held by another thread. */
  private final class Locking implements Synchronization {

    @Override
    public void beforeCompletion() {
      if (held.holder() == Holder.BEFORE_COMPLETION) {
        lock.lock();
      }
    }

    @Override
    public void afterCompletion(int status) {
      if (held.holder() == Holder.AFTER_COMPLETION) {
        lock.lock();
      }
    }
  }

  private void work(int id) throws SQLException {
    execute("INSERT INTO item VALUES (" + id + ", '" + held.name() + "')");
    send(id);
  }

  private void execute(String sql) throws SQLException {
    try (Connection c = orders.getConnection();
        Statement s = c.createStatement()) {
      s.execute(sql);
    }
  }

  private void query(String sql) throws SQLException {
    try (Connection c = orders.getConnection();
        Statement s = c.createStatement()) {
      s.executeQuery(sql).close();
    }
  }

  private void send(int id) {
    try (JMSContext context = events.createContext()) {
      context.createProducer().send(context.createQueue(held.queue()), String.valueOf(id));
    }
  }

  /** More than the broker takes without being asked. */
  private void sendForEver() {
    try (JMSContext context = events.createContext()) {
      while (true) {
        context.createProducer().send(context.createQueue(held.queue()), "more");
      }
    }
  }

  /** For the rules: a thread is about to enter a call of the driver. */
  public static void reached(String holder) {
    HeldMain child = main;
    if (child == null || child.goes.getCount() > 0 || !child.held.holder().name().equals(holder)) {
      return;
    }
    if (child.held.holder() == Holder.COMMIT_ON_NETWORK) {
      child.network.stall();
    } else {
      child.waitForEver();
    }
  }

  /** Heeds no interrupt. */
  private void waitForEver() {
    while (true) {
      LockSupport.park(this);
    }
  }
}
