// SPDX-License-Identifier: Apache-2.0
// The anchor of one evidence log (evidence-v1 §8): heads of the log in a chain of their own, and the
// deadline of each lot as a second line. It must never see a name, a price or a plain hash of anything
// that can be guessed, and a halted chain never voids a bid: the legal time of a bid is its receipt.
pragma solidity 0.8.37;

contract EvidenceAnchor {
    uint8 public constant ADMIN = 1;
    uint8 public constant ANCHOR = 2;
    uint8 public constant WITNESS = 4;
    uint8 public constant GATEWAY = 8;

    struct Head {
        bytes32 root;
        uint64 size;
    }

    struct Lot {
        uint64 deadline;
        bool opened;
    }

    error NotAllowed(uint8 role);
    error BadPrev();
    error BadSize();
    error Duplicate();
    error NoDeadline();
    error BadDeadline();
    error AlreadyOpen();
    error TooLate(uint64 nowAt, uint64 deadline);
    error TooEarly(uint64 nowAt, uint64 deadline);

    event Anchored(uint256 indexed index, bytes32 indexed root, uint64 size, bytes32 prevRoot, address by, uint64 at, bytes32 logId);
    event Cosigned(uint256 indexed index, bytes32 indexed root, address indexed by, uint64 at);
    event DeadlineSet(bytes32 indexed lotId, uint64 deadline, uint64 previous, address by, uint64 at);
    event BidDigest(bytes32 indexed lotId, bytes32 indexed digest, uint64 at);
    event Opened(bytes32 indexed lotId, bytes32 listRoot, uint32 count, address by, uint64 at);
    event Granted(address indexed to, uint8 roles, address by);

    bytes32 public immutable logId;
    mapping(address => uint8) public rolesOf;
    Head[] private heads;
    mapping(uint256 => mapping(address => bool)) public hasCosigned;
    mapping(bytes32 => Lot) public lots;
    mapping(bytes32 => mapping(bytes32 => bool)) public hasDigest;

    modifier only(uint8 role) {
        if (rolesOf[msg.sender] & role == 0) revert NotAllowed(role);
        _;
    }

    constructor(bytes32 id) {
        logId = id;
        rolesOf[msg.sender] = ADMIN;
        emit Granted(msg.sender, ADMIN, msg.sender);
    }

    /// The roles of an address, all of them at once; 0 takes them away.
    function grant(address to, uint8 roles) external only(ADMIN) {
        rolesOf[to] = roles;
        emit Granted(to, roles, msg.sender);
    }

    function anchor(bytes32 root, uint64 size, bytes32 prevRoot) external only(ANCHOR) {
        bool isFirst = heads.length == 0;
        bytes32 expected = isFirst ? bytes32(0) : heads[heads.length - 1].root;
        if (prevRoot != expected || root == 0) revert BadPrev();
        if (size <= (isFirst ? 0 : heads[heads.length - 1].size)) revert BadSize();
        heads.push(Head(root, size));
        emit Anchored(heads.length - 1, root, size, prevRoot, msg.sender, uint64(block.timestamp), logId);
    }

    function cosign(uint256 index, bytes32 root) external only(WITNESS) {
        if (index >= heads.length || heads[index].root != root) revert BadPrev();
        if (hasCosigned[index][msg.sender]) revert Duplicate();
        hasCosigned[index][msg.sender] = true;
        emit Cosigned(index, root, msg.sender, uint64(block.timestamp));
    }

    /// A deadline is only ever moved back, and only while it has not come.
    function setDeadline(bytes32 lotId, uint64 deadline) external only(ADMIN) {
        uint64 nowAt = uint64(block.timestamp);
        uint64 old = lots[lotId].deadline;
        if (old != 0 && nowAt >= old) revert TooLate(nowAt, old);
        if (deadline <= nowAt || deadline <= old) revert BadDeadline();
        lots[lotId].deadline = deadline;
        emit DeadlineSet(lotId, deadline, old, msg.sender, nowAt);
    }

    function submitBidDigest(bytes32 lotId, bytes32 digest) external only(GATEWAY) {
        Lot memory lot = lots[lotId];
        uint64 nowAt = uint64(block.timestamp);
        if (lot.deadline == 0) revert NoDeadline();
        if (lot.opened) revert AlreadyOpen();
        if (nowAt > lot.deadline) revert TooLate(nowAt, lot.deadline);
        if (hasDigest[lotId][digest]) revert Duplicate();
        hasDigest[lotId][digest] = true;
        emit BidDigest(lotId, digest, nowAt);
    }

    function open(bytes32 lotId, bytes32 listRoot, uint32 count) external only(ADMIN) {
        Lot storage lot = lots[lotId];
        uint64 nowAt = uint64(block.timestamp);
        if (lot.deadline == 0) revert NoDeadline();
        if (nowAt < lot.deadline) revert TooEarly(nowAt, lot.deadline);
        if (lot.opened) revert AlreadyOpen();
        lot.opened = true;
        emit Opened(lotId, listRoot, count, msg.sender, nowAt);
    }

    function headCount() external view returns (uint256) {
        return heads.length;
    }

    function headAt(uint256 index) external view returns (bytes32 root, uint64 size) {
        Head memory head = heads[index];
        return (head.root, head.size);
    }
}
