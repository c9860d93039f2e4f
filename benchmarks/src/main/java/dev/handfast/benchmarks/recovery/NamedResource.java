package dev.handfast.benchmarks.recovery;

import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jboss.tm.XAResourceWrapper;

/**
 * An XAResource with the name of its resource, which Narayana needs on branches and in recovery: it
 * never lets go of a record whose branch the resource manager has finished without it.
 */
class NamedResource implements XAResource, XAResourceWrapper {

  private final XAResource resource;
  private final String name;

  NamedResource(XAResource resource, String name) {
    this.resource = resource;
    this.name = name;
  }

  @Override
  public int prepare(Xid xid) throws XAException {
    return resource.prepare(xid);
  }

  @Override
  public void commit(Xid xid, boolean onePhase) throws XAException {
    resource.commit(xid, onePhase);
  }

  @Override
  public void rollback(Xid xid) throws XAException {
    resource.rollback(xid);
  }

  @Override
  public void forget(Xid xid) throws XAException {
    resource.forget(xid);
  }

  @Override
  public void start(Xid xid, int flags) throws XAException {
    resource.start(xid, flags);
  }

  @Override
  public void end(Xid xid, int flags) throws XAException {
    resource.end(xid, flags);
  }

  @Override
  public Xid[] recover(int flags) throws XAException {
    return resource.recover(flags);
  }

  @Override
  public boolean isSameRM(XAResource other) {
    return this == other;
  }

  @Override
  public int getTransactionTimeout() {
    return 0;
  }

  @Override
  public boolean setTransactionTimeout(int seconds) {
    return false;
  }

  @Override
  public XAResource getResource() {
    return resource;
  }

  @Override
  public String getProductName() {
    return name;
  }

  @Override
  public String getProductVersion() {
    return "1";
  }

  @Override
  public String getJndiName() {
    return name;
  }
}
